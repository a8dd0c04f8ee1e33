"use client";

import { useRef, useState } from "react";
import { uploadFile } from "@/components/references/upload-file";

/** Adds a set from an archive of pictures or clips, or a file of statistics; the bytes go up with a progress bar. */
export function UploadForm({
  megabytes,
  encoders,
  clipEncoders,
  onAdded,
}: {
  megabytes: number;
  encoders: string[];
  clipEncoders: string[];
  onAdded: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [encoder, setEncoder] = useState(encoders[0]);
  const [n, setN] = useState("");
  const [resize, setResize] = useState("");
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isStatistics = file?.name.toLowerCase().endsWith(".npz") ?? false;
  const tooLarge = file !== null && file.size > megabytes * 2 ** 20;

  const choose = (chosen: File | null) => {
    setFile(chosen);
    setProblem(null);
    if (chosen && name === "") setName(chosen.name.replace(/\.(zip|tar|npz)$/i, "").slice(0, 80));
  };
  const send = async () => {
    // A file chosen before this page came to life is in the form, not in its state.
    const chosen = file ?? new FormData(form.current ?? undefined).get("file");
    if (!(chosen instanceof File) || chosen.size === 0 || tooLarge) return;
    setProblem(null);
    setShare(0);
    try {
      const query = new URLSearchParams({
        name: name.trim(),
        encoder,
        ...(resize && { resize }),
        ...(isStatistics && n && { n }),
      });
      await uploadFile(`/api/v1/references?${query}`, chosen, setShare);
      form.current?.reset();
      setFile(null);
      setName("");
      setN("");
      onAdded();
    } catch (thrown) {
      setProblem(thrown instanceof Error ? thrown.message : "The upload failed. Try again.");
    } finally {
      setShare(null);
    }
  };

  return (
    <section className="mt-14 max-w-2xl" aria-labelledby="add">
      <h2 id="add" className="text-2xl">
        Add a set
      </h2>
      <p className="text-muted mt-2 text-sm">
        A .zip or .tar of PNG, JPEG or WebP pictures
        {clipEncoders.length > 0 &&
          ", for an encoder of clips of MP4, WebM, GIF, animated WebP or folders of frames"}
        , or a .npz of statistics (mu, sigma) as pytorch-fid writes it; at most {megabytes} MiB. They are
        shown to you only, the numbers to everyone. Adding a set changes no score.
      </p>
      <form
        ref={form}
        className="card mt-5 grid gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label className="text-sm">
          <span className="text-muted mb-1 block">File</span>
          <input
            type="file"
            name="file"
            required
            accept=".zip,.tar,.npz"
            className="field"
            aria-invalid={tooLarge}
            onChange={(event) => choose(event.target.files?.[0] ?? null)}
          />
        </label>
        {tooLarge && (
          <p role="alert" className="text-alarm text-sm">
            The file has {Math.ceil(file.size / 2 ** 20)} MiB; this site takes at most {megabytes}.
          </p>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <label className="text-sm">
            <span className="text-muted mb-1 block">Name</span>
            <input
              className="field"
              required
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <label className="text-sm">
            <span className="text-muted mb-1 block">Encoder</span>
            <select className="field" value={encoder} onChange={(event) => setEncoder(event.target.value)}>
              {encoders.map((each) => (
                <option key={each} value={each}>
                  {clipEncoders.includes(each) ? `${each} (clips)` : each}
                </option>
              ))}
            </select>
          </label>
          <label className="text-sm">
            <span className="text-muted mb-1 block">
              {isStatistics ? "Resize the statistics were made with" : "Resize in front of the encoder"}
            </span>
            <select className="field" value={resize} onChange={(event) => setResize(event.target.value)}>
              <option value="">the encoder&apos;s own</option>
              <option value="clean">clean (clean-fid)</option>
              <option value="torch">torch (pytorch-fid)</option>
              <option value="tf1">tf1 (torch-fidelity, TensorFlow)</option>
            </select>
          </label>
          {isStatistics && (
            <label className="text-sm">
              <span className="text-muted mb-1 block">Samples behind the statistics, if known</span>
              <input
                className="field"
                inputMode="numeric"
                pattern="[0-9]*"
                value={n}
                onChange={(event) => setN(event.target.value)}
              />
            </label>
          )}
        </div>
        {problem && (
          <p role="alert" className="bg-alarm-soft text-alarm rounded-md px-4 py-3 text-sm break-words">
            {problem}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-4">
          <button type="submit" className="button-primary" disabled={share !== null || tooLarge}>
            {share === null ? "Upload" : "Uploading"}
          </button>
          {share !== null && (
            <progress className="accent-accent h-2 w-48" value={share} max={1} aria-label="Upload">
              {Math.round(share * 100)}%
            </progress>
          )}
        </div>
      </form>
    </section>
  );
}
