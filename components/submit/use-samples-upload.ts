"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { asApiError } from "@/components/api-client";
import { beginUpload, sendBytes } from "@/components/submit/send-upload";
import { useApi } from "@/components/use-api";
import type { SampleUploadInput, SampleUploadView } from "@/lib/schemas/sample-uploads";

const POLL_MS = 1_500;

/** A file to be sent, under the name by which an upload of it is known again. */
export interface Chosen {
  name: string;
  bytes: Blob;
}

/** What becomes of an upload, once its bytes are on the way. */
export interface SamplesUpload {
  /** Share that is here while it is sent; null: nothing is. */
  share: number | null;
  /** The upload once all is here, kept up to date until it is read. */
  upload: SampleUploadView | undefined;
  problem: string | null;
  send: (chosen: Chosen, about: Omit<SampleUploadInput, "file" | "bytes">) => Promise<void>;
  pause: () => void;
}

/**
 * Sends samples in parts, goes on with an upload that broke off, and follows it until it is read.
 * @param open uploads that broke off earlier
 */
export function useSamplesUpload(open: readonly SampleUploadView[]): SamplesUpload {
  const t = useTranslations("submit.samples");
  const [share, setShare] = useState<number | null>(null);
  const [sent, setSent] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const begun = useRef<readonly SampleUploadView[]>(open);
  const stop = useRef<() => void>(() => {});
  const { data: upload } = useApi<SampleUploadView>(sent && `/api/v1/samples/uploads/${sent}`, {
    wait: ({ state }) => (state === "RECEIVING" || state === "READING" ? POLL_MS : null),
  });

  const send: SamplesUpload["send"] = async (chosen, about) => {
    setProblem(null);
    setSent(null);
    setShare(0);
    try {
      const wanted = { ...about, file: chosen.name.slice(0, 300), bytes: chosen.bytes.size };
      const started = await beginUpload(wanted, begun.current);
      const others = begun.current.filter(({ uploadId }) => uploadId !== started.uploadId);
      begun.current = [started, ...others];
      const sending = sendBytes(started, chosen.bytes, { onShare: setShare, broke: t("broke") });
      stop.current = sending.stop;
      await sending.done;
      begun.current = others;
      setSent(started.uploadId);
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setShare(null);
    }
  };
  const pause = () => {
    stop.current();
    setShare(null);
    setProblem(t("paused"));
  };
  return { share, upload, problem, send, pause };
}
