import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import { TextField } from "@/components/forms/text-field";
import { AdvancedFields } from "@/components/submit/advanced-fields";
import { FormatFields, useFormat } from "@/components/submit/format-fields";
import type { FormValues } from "@/components/submit/form-values";
import { timeoutMsOf } from "@/lib/schemas/formats/formats";
import { orderTask } from "@/lib/schemas/formats/order-task";
import type { ListedBoard } from "@/lib/schemas/views";

export type Suggestions = Record<
  "paradigm" | "architecture" | "representation" | "textConditioning",
  string[]
>;

const Field = TextField<FormValues>;
const Choice = ChoiceField<FormValues>;

/** Where the model is reached, and how much it may be asked. */
export function EndpointFields({ boards }: { boards: ListedBoard[] }) {
  const board = useWatch<FormValues, "board">({ name: "board" });
  const { imageSize: shown, task = "TEXT_TO_IMAGE" } = boards.find(({ slug }) => slug === board) ?? {};
  const usualSeconds = timeoutMsOf(undefined, useFormat(), orderTask(task, 0)) / 1000;
  return (
    <Group
      title="Endpoint"
      text="An API that makes images or videos: OpenAI's, a vendor's own, or a server of yours."
    >
      <Field
        name="endpointUrl"
        label="Address"
        required
        type="url"
        inputMode="url"
        placeholder="https://host/v1"
      />
      <FormatFields task={task} />
      <Field name="providerModel" label="Model name at the endpoint" required placeholder="my-model-v2" />
      <Field
        name="apiKey"
        label="Key"
        type="password"
        autoComplete="new-password"
        hint="Sent to this endpoint alone. Stored sealed, never shown again."
      />
      <div className="grid grid-cols-2 gap-4">
        <Field
          name="imageSize"
          label="Image size"
          required
          placeholder={shown}
          hint={shown && `Battles are shown as ${shown}; another shape is measured, but in no battle.`}
        />
        <Field name="concurrency" label="Requests at once" required inputMode="numeric" />
      </div>
      <Field
        name="timeoutSeconds"
        label="Longest wait for an image, seconds"
        inputMode="numeric"
        placeholder={String(usualSeconds)}
        hint="10 to 900."
      />
      <Field
        name="ownPromptsPerDay"
        label="Visitors’ own prompts, calls a day"
        inputMode="numeric"
        hint="Visitors’ own prompts in the arena may call this endpoint, at most so many times a day (UTC). 0: never."
      />
    </Group>
  );
}

/** What the board says of the model. */
export function ModelFields() {
  return (
    <Group title="Model" text="What the board says of it.">
      <Field name="name" label="Name" required />
      <Field name="creator" label="Creator" required />
      <Field
        name="pricePerImageUsd"
        label="Price per image, US dollars"
        inputMode="decimal"
        placeholder="0.04"
      />
      <Field name="priceSource" label="Where the price is written down" />
      <div className="grid grid-cols-2 gap-4">
        <Choice
          name="openWeights"
          label="Open weights"
          options={[
            ["", "not said"],
            ["yes", "yes"],
            ["no", "no"],
          ]}
        />
        <Field name="releasedAt" label="Released" type="date" />
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Field name="licence" label="Licence" placeholder="Apache-2.0" />
        <Field name="parameters" label="Parameters, billions" inputMode="decimal" placeholder="12" />
      </div>
    </Group>
  );
}

/** How the model is built. */
export function StackFields({ suggestions }: { suggestions: Suggestions }) {
  return (
    <Group
      title="How it is built"
      text="Four facts by which readers compare. Choose a usual word or write your own."
    >
      <Field
        name="paradigm"
        label="Paradigm"
        suggestions={suggestions.paradigm}
        placeholder="flow matching"
      />
      <Field
        name="architecture"
        label="Architecture"
        suggestions={suggestions.architecture}
        placeholder="diffusion transformer"
      />
      <Field
        name="representation"
        label="Representation"
        suggestions={suggestions.representation}
        placeholder="autoencoder latents"
      />
      <Field
        name="textConditioning"
        label="Text conditioning"
        suggestions={suggestions.textConditioning}
        placeholder="cross-attention"
      />
    </Group>
  );
}

/** Over what the first run goes, and whether the model is listed after it. */
export function RunFields({ boards, reviewed }: { boards: ListedBoard[]; reviewed: boolean }) {
  const { register } = useFormContext<FormValues>();
  const board = useWatch<FormValues, "board">({ name: "board" });
  const isPublic = boards.find(({ slug }) => slug === board)?.isPublic ?? true;
  return (
    <Group title="Run" text="Every prompt of the board's set is generated, then embedded and graded.">
      {boards.length > 1 && (
        <Choice name="board" label="Board" options={boards.map(({ slug, name }) => [slug, name])} />
      )}
      <Field
        name="promptCount"
        label="Number of prompts"
        inputMode="numeric"
        placeholder="all"
        hint="The first ones of the set. A few are enough for a try; distances need many."
      />
      <Field
        name="budgetUsd"
        label="Budget of each run, US dollars"
        inputMode="decimal"
        placeholder="none"
        hint="The run pauses before it could cost more, and keeps what it has. Needs the price of an image."
      />
      {isPublic ? (
        <label className="flex items-start gap-3 pt-1 text-sm sm:pt-8">
          <input type="checkbox" className="mt-0.5 size-4 accent-(--accent)" {...register("listed")} />
          <span>
            <span className="block font-medium">Join arena and leaderboard once scored</span>
            <span className="text-muted block">
              {reviewed &&
                "The operator of this site reviews it first; until then only this browser sees it. "}
              Unticked, only this browser sees the model; you can publish it later.
            </span>
          </span>
        </label>
      ) : (
        <p className="text-muted pt-1 text-sm sm:pt-8">
          The model stands on this board alone: only people who see the board see it.
        </p>
      )}
      <AdvancedFields />
    </Group>
  );
}

function Group({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="font-serif text-2xl">{title}</legend>
      <p className="text-muted mt-1 text-sm">{text}</p>
      <div className="mt-5 grid gap-x-6 gap-y-5 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}
