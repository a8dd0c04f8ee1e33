"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi, type ApiError } from "@/components/api-client";
import type { Difference } from "@/components/forms/edit-conflict";
import { useEdit } from "@/components/forms/use-edit";
import type { Offer } from "@/lib/schemas/offer";
import type { SettingsChange, SettingsView } from "@/lib/schemas/administration/settings";
import { FIRST_ACCENT, FIRST_NAME, LOOK_NAMES, type Look } from "@/lib/schemas/administration/site-look";

const PATH = "/api/v1/settings";

type Texts = Record<"siteName" | "contact" | "accent" | "homeBoards" | "terms" | "privacy", string>;

const textsOf = (look: Look): Texts => ({
  siteName: look.siteName ?? "",
  contact: look.contact ?? "",
  accent: look.accent ?? "",
  homeBoards: look.homeBoards?.join(", ") ?? "",
  terms: look.terms ?? "",
  privacy: look.privacy ?? "",
});

/** What was changed, as the API takes it: an empty field goes back to what was there at first. */
function changeOf(texts: Texts, saved: Texts): SettingsChange {
  const names = (Object.keys(texts) as (keyof Texts)[]).filter((name) => texts[name].trim() !== saved[name]);
  return Object.fromEntries(
    names.map((name) => {
      const text = texts[name].trim();
      if (text === "") return [name, null];
      return [name, name === "homeBoards" ? text.split(/[\s,]+/).filter(Boolean) : text];
    }),
  );
}

/** Where what is set now is not what somebody wants to set. */
function differencesOf(change: SettingsChange, { look }: SettingsView): Difference[] {
  const inWords = (value: unknown) => (value === null ? "not set" : String(value).slice(0, 200));
  return LOOK_NAMES.flatMap((name) => {
    const mine = change[name];
    if (mine === undefined || inWords(mine) === inWords(look[name])) return [];
    const label = name === "toybox" ? "Toybox in lists" : FIELDS[name].label;
    return [{ label, mine: inWords(mine), theirs: inWords(look[name]) }];
  });
}

/** The site's name, colour and texts, saved together. */
export function LookForm({ initial, changing }: { initial: SettingsView; changing: Offer }) {
  const router = useRouter();
  const [opened, setOpened] = useState(initial);
  const [texts, setTexts] = useState(() => textsOf(initial.look));
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [state, setState] = useState<"idle" | "busy" | "saved">("idle");
  const saved = opened.look;
  const show = (settings: SettingsView) => {
    setOpened(settings);
    setTexts(textsOf(settings.look));
    router.refresh();
  };
  const { save, notice } = useEdit<SettingsChange>({
    send: async (body, revision) => show(await callApi<SettingsView>(PATH, { body, revision })),
    theirs: async (change) => differencesOf(change, await callApi<SettingsView>(PATH)),
    onTake: async () => show(await callApi<SettingsView>(PATH)),
    onError: (thrown) => setRefused(asApiError(thrown)),
  });
  const change = changeOf(texts, textsOf(saved));
  const send = async (body: SettingsChange) => {
    setState("busy");
    setRefused(null);
    setState((await save(body, opened.revision)) ? "saved" : "idle");
  };
  const type = (name: keyof Texts, text: string) => {
    setState("idle");
    setTexts({ ...texts, [name]: text });
  };
  return (
    <form
      className="card mt-8 max-w-3xl p-5"
      aria-labelledby="look"
      onSubmit={(event) => {
        event.preventDefault();
        void send(change);
      }}
    >
      <fieldset className="grid gap-5" disabled={state === "busy" || changing.kind !== "open"}>
        <h2 id="look" className="text-xl">
          Name and appearance
        </h2>
        <Fields
          names={["siteName", "accent", "contact", "homeBoards"]}
          texts={texts}
          problem={refused}
          type={type}
        />
        <label className="flex items-baseline gap-3">
          <input
            type="checkbox"
            checked={saved.toybox ?? true}
            onChange={({ target }) => void send({ toybox: target.checked })}
          />
          <span>
            Show Toybox, the board that comes with Salon, in lists
            {saved.toybox === null && <span className="text-muted"> (now as the environment says)</span>}
          </span>
        </label>
        <Fields names={["terms", "privacy"]} texts={texts} problem={refused} type={type} />
        <div className="flex flex-wrap items-center gap-4">
          <button type="submit" className="button-primary" disabled={Object.keys(change).length === 0}>
            {state === "busy" ? "One moment" : "Save"}
          </button>
          <span role="status" className="text-muted text-sm">
            {state === "saved" && "Saved."}
          </span>
        </div>
      </fieldset>
      {changing.kind !== "open" && <p className="text-muted mt-4 text-sm">{changing.text}</p>}
      {notice}
      {refused && (
        <p role="alert" className="text-alarm mt-4 text-sm">
          {refused.message}
        </p>
      )}
    </form>
  );
}

const FIELDS: Record<keyof Texts, { label: string; note: string; placeholder?: string; rows?: number }> = {
  siteName: {
    label: "Name",
    note: "In the bar, in titles and where links to it are shown.",
    placeholder: FIRST_NAME,
  },
  accent: {
    label: "Accent colour",
    note: "Of links and buttons; dark enough that white text on it can be read.",
    placeholder: FIRST_ACCENT,
  },
  contact: {
    label: "Contact",
    note: "An e-mail address or the address of a page, at the foot of every page.",
  },
  homeBoards: {
    label: "Boards of the home page",
    note: "Slugs in their order, separated by commas; empty: all that are open to everyone.",
  },
  terms: {
    label: "Terms of use",
    note: "Plain text; blank lines separate paragraphs. Shown at /terms.",
    rows: 6,
  },
  privacy: {
    label: "Privacy",
    note: "Plain text, shown at /privacy above what Salon itself keeps.",
    rows: 6,
  },
};

function Fields({
  names,
  texts,
  problem,
  type,
}: {
  names: (keyof Texts)[];
  texts: Texts;
  problem: ApiError | null;
  type: (name: keyof Texts, text: string) => void;
}) {
  return names.map((name) => {
    const { label, note, rows, placeholder } = FIELDS[name];
    const shared = {
      id: `look-${name}`,
      className: "field",
      value: texts[name],
      placeholder,
      // A list's problem names the one at fault: homeBoards.0
      "aria-invalid": problem?.field?.split(".")[0] === name,
      "aria-describedby": `look-${name}-note`,
      onChange: ({ target }: { target: { value: string } }) => type(name, target.value),
    };
    return (
      <div key={name} className="grid gap-1">
        <label htmlFor={shared.id} className="font-medium">
          {label}
        </label>
        {rows === undefined ? <input {...shared} /> : <textarea rows={rows} {...shared} />}
        <p id={`look-${name}-note`} className="text-muted text-sm">
          {note}
        </p>
      </div>
    );
  });
}
