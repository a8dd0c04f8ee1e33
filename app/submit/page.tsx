import { currentAsker, requirePage } from "@/app/page-access";
import type { Metadata } from "next";
import Link from "next/link";
import { single } from "@/app/search";
import type { Suggestions } from "@/components/submit/form-groups";
import { OpenNote } from "@/components/account/open-note";
import { SubmitForm } from "@/components/submit/submit-form";
import { submissionPolicy } from "@/lib/models/submission-policy";
import { listBoards } from "@/lib/boards/list-boards";
import { listStackFacts } from "@/lib/pages/list-stack-facts";
import { PRESETS } from "@/lib/schemas/catalogue/catalogue";
import { readSwitches } from "@/lib/settings/read-switches";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Submit a model",
  description: "Give an endpoint; Salon generates, measures and places it, while you look on.",
};

/** The field's usual words; those that listed models use are added. */
const USUAL: Suggestions = {
  paradigm: [
    "flow matching",
    "rectified flow",
    "noise prediction (DDPM)",
    "score matching",
    "autoregressive",
    "masked generation",
    "GAN",
    "consistency model",
  ],
  architecture: [
    "diffusion transformer (DiT)",
    "multimodal DiT",
    "U-Net",
    "transformer decoder",
    "convolutional GAN",
  ],
  representation: ["autoencoder latents", "pixels", "discrete tokens", "large pixel patches"],
  textConditioning: [
    "cross-attention",
    "joint attention",
    "adaptive layer norm",
    "prefix tokens",
    "class embedding",
  ],
};

export default async function SubmitPage({ searchParams }: PageProps<"/submit">) {
  await requirePage("models.submit");
  const policy = submissionPolicy();
  const wanted = single((await searchParams).board);
  const [listed, stacks, { personal }] = await Promise.all([
    listBoards({ by: await currentAsker(), named: wanted }),
    listStackFacts(),
    readSwitches(),
  ]);
  const boards = listed.filter(({ maySubmit }) => maySubmit);
  if (boards.length === 0) return <NoBoard />;
  const suggestions = Object.fromEntries(
    (Object.keys(USUAL) as (keyof Suggestions)[]).map((fact) => {
      const used = stacks.flatMap((stack) => stack[fact] ?? []);
      return [fact, [...new Set([...used, ...USUAL[fact]])]];
    }),
  ) as Suggestions;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl sm:text-5xl">Submit a model</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Any API that makes images can be submitted: OpenAI’s, a vendor’s own, a server of yours. The bundled
        models came onto the board the same way. Prefer a script?{" "}
        <Link href="/docs/api" className="link">
          POST /api/v1/models
        </Link>{" "}
        takes the same fields. Have you made the images or videos already?{" "}
        <Link href="/submit/samples" className="link">
          Upload them
        </Link>{" "}
        instead.
      </p>
      {personal && <OpenNote />}
      {wanted !== undefined && !boards.some(({ slug }) => slug === wanted) && (
        <p role="status" className="card mt-6 max-w-2xl px-4 py-3 text-sm">
          The board that the link names takes no models from you: ask who runs it for an invitation, or choose
          another below.
        </p>
      )}
      <SubmitForm
        boards={boards}
        chosen={wanted}
        suggestions={suggestions}
        reviewed={policy === "reviewed"}
        presets={PRESETS}
      />
    </div>
  );
}

function NoBoard() {
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl sm:text-5xl">No board to submit to</h1>
      <p className="text-muted mt-3 max-w-2xl">
        A model is evaluated for a board, and none takes models from you.{" "}
        <Link href="/boards/new" className="link">
          Make a board
        </Link>{" "}
        of your own, or ask who runs one for an invitation.
      </p>
    </div>
  );
}
