"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { uploadSentence } from "@/components/runs/page-text";
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
import { useFormat } from "@/components/use-format";
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
  const t = useTranslations("submit.samples");
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
          <Labelled text={t("for")}>
            <select className="field" value={run} onChange={(event) => setRun(event.target.value)}>
              <option value="">{t("ownRun")}</option>
              {choices.runs.map((each) => (
                <option key={each.runId} value={each.runId} translate="no">
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
            {t("tooLarge", {
              name: chosen.name,
              mib: mib(chosen.bytes.size),
              most: mib(choices.mostBytes),
            })}
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
  const t = useTranslations("submit.samples");
  const format = useFormat();
  const { share, pause } = uploading;
  return (
    <div className="flex flex-wrap items-center gap-4 sm:col-span-2">
      <button type="submit" className="button-primary" disabled={share !== null || !ready}>
        {t(share === null ? "upload" : "uploading")}
      </button>
      {share !== null && (
        <>
          <progress className="accent-accent h-2 w-48" value={share} max={1} aria-label={t("upload")} />
          <span className="text-muted text-sm tabular-nums">
            {format.percent(Math.floor(share * 100) / 100)}
          </span>
          <button type="button" className="button-quiet" onClick={pause}>
            {t("pause")}
          </button>
        </>
      )}
    </div>
  );
}

/** Uploads that broke off. */
function OpenUploads({ uploads }: { uploads: SampleUploadView[] }) {
  const t = useTranslations("submit.samples");
  const format = useFormat();
  const files = uploads.map(({ name, receivedBytes, bytes }) =>
    t("openFile", { name, share: format.percent(Math.floor((100 * receivedBytes) / bytes) / 100) }),
  );
  return (
    <p role="note" className="bg-sunk mt-6 rounded-md px-4 py-3 text-sm">
      {t("open", { files: files.join(", ") })}
    </p>
  );
}

function Outcome({ upload }: { upload: SampleUploadView }) {
  const t = useTranslations("submit.samples");
  const tRuns = useTranslations("runs");
  const format = useFormat();
  return (
    <section className="card mt-6 p-5 text-sm" aria-live="polite">
      <p className="font-medium break-all" translate="no">
        {upload.name}
      </p>
      <p className={`mt-1 ${upload.state === "FAILED" ? "text-alarm" : ""}`}>
        {uploadSentence(tRuns, format, upload)}
      </p>
      <UploadProblems upload={upload} />
      <p className="mt-3">
        <Link href={`/runs/${upload.runId}`} className="link">
          {t("run")}
        </Link>
      </p>
    </section>
  );
}
