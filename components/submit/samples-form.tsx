"use client";

import Link from "next/link";
import { useState } from "react";
import { uploadLine } from "@/components/runs/run-uploads";
import {
  chosenSet,
  Labelled,
  Listing,
  NewRunFields,
  setsOf,
  type NewRun,
} from "@/components/submit/new-run-fields";
import { FileChoice, mib } from "@/components/submit/file-choice";
import { UploadProblems } from "@/components/submit/upload-problems";
import { useSamplesUpload, type Chosen, type SamplesUpload } from "@/components/submit/use-samples-upload";
import type { SampleUploadView, UploadChoices } from "@/lib/schemas/sample-uploads";
import type { ListedBoard } from "@/lib/schemas/views";

/** Uploads the images or videos of a model: a zip, a tar or a folder, in parts that go on after a break. */
export function SamplesForm({
  choices,
  boards,
  board,
  runId,
  reviewed,
}: {
  choices: UploadChoices;
  /** Those that the visitor may submit to. */
  boards: ListedBoard[];
  /** Slug of the board that is chosen from the start, if it is among them. */
  board: string | null;
  /** The run that is to take them; null: one of their own. */
  runId: string | null;
  reviewed: boolean;
}) {
  const [run, setRun] = useState(choices.runs.some((each) => each.runId === runId) ? (runId ?? "") : "");
  const [model, setModel] = useState<NewRun>({
    ...{ model: "", name: "", creator: "", kind: "", label: "", listed: true },
    board: boards.some(({ slug }) => slug === board) ? (board ?? "") : "",
    promptSet: "",
  });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const uploading = useSamplesUpload(choices.open);
  const { share, upload, problem } = uploading;
  const tooLarge = chosen !== null && chosen.bytes.size > choices.mostBytes;
  const send = () => {
    if (chosen === null || tooLarge || share !== null) return;
    const { model: known, name, creator, listed, label, kind, board } = model;
    const sets = setsOf(model, choices, boards);
    const promptSet = chosenSet(model, sets);
    const about = run
      ? { runId: run }
      : {
          ...(known ? { model: known } : { name, creator }),
          // Of a board over one set there is nothing to choose.
          ...(board ? { board, ...(sets.length > 1 && { promptSet }) } : { promptSet }),
          ...{ listed, label: label || null, kind: kind || undefined },
        };
    void uploading.send(chosen, about);
  };
  return (
    <div className="max-w-3xl">
      {choices.open.length > 0 && <OpenUploads uploads={choices.open} />}
      <form
        className="card mt-8 grid gap-5 p-5 sm:grid-cols-2 sm:p-6"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {choices.runs.length > 0 && (
          <Labelled text="For">
            <select className="field" value={run} onChange={(event) => setRun(event.target.value)}>
              <option value="">a run of its own</option>
              {choices.runs.map((each) => (
                <option key={each.runId} value={each.runId}>
                  {each.model}
                  {each.label && `, ${each.label}`} ({each.runId})
                </option>
              ))}
            </select>
          </Labelled>
        )}
        {run === "" && <NewRunFields model={model} choices={choices} boards={boards} onChange={setModel} />}
        <FileChoice mostBytes={choices.mostBytes} onChoose={setChosen} />
        {run === "" && (
          <Listing
            isPublic={boards.find(({ slug }) => slug === model.board)?.isPublic ?? true}
            reviewed={reviewed}
            model={model}
            onChange={setModel}
          />
        )}
        {tooLarge && (
          <p role="alert" className="text-alarm text-sm sm:col-span-2">
            {chosen.name} has {mib(chosen.bytes.size)} MiB; this site takes at most {mib(choices.mostBytes)}.
            Send it in several parts to one run.
          </p>
        )}
        {problem && (
          <p
            role="alert"
            className="bg-alarm-soft text-alarm rounded-md px-4 py-3 text-sm break-words sm:col-span-2"
          >
            {problem}
          </p>
        )}
        <SendButtons uploading={uploading} ready={chosen !== null && !tooLarge} />
      </form>
      {upload && <Outcome upload={upload} />}
    </div>
  );
}

function SendButtons({ uploading, ready }: { uploading: SamplesUpload; ready: boolean }) {
  const { share, pause } = uploading;
  return (
    <div className="flex flex-wrap items-center gap-4 sm:col-span-2">
      <button type="submit" className="button-primary" disabled={share !== null || !ready}>
        {share === null ? "Upload" : "Uploading"}
      </button>
      {share !== null && (
        <>
          <progress className="accent-accent h-2 w-48" value={share} max={1} aria-label="Upload" />
          <span className="text-muted text-sm tabular-nums">{Math.floor(share * 100)}%</span>
          <button type="button" className="button-quiet" onClick={pause}>
            Pause
          </button>
        </>
      )}
    </div>
  );
}

/** Uploads that broke off. */
function OpenUploads({ uploads }: { uploads: SampleUploadView[] }) {
  const named = uploads.map((each) => `${each.name} (${uploadLine(each).replace(/\.$/, "")})`);
  return (
    <p role="note" className="bg-sunk mt-6 rounded-md px-4 py-3 text-sm">
      Not finished: {named.join(", ")}. Choose the same file or folder again to go on where it ended.
    </p>
  );
}

function Outcome({ upload }: { upload: SampleUploadView }) {
  return (
    <section className="card mt-6 p-5 text-sm" aria-live="polite">
      <p className="font-medium break-all">{upload.name}</p>
      <p className={`mt-1 ${upload.state === "FAILED" ? "text-alarm" : ""}`}>{uploadLine(upload)}</p>
      <UploadProblems upload={upload} />
      <p className="mt-3">
        <Link href={`/runs/${upload.runId}`} className="link">
          The run&apos;s page
        </Link>
      </p>
    </section>
  );
}
