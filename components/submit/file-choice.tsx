"use client";

import { useState } from "react";
import { tarOf } from "@/components/submit/tar-blob";
import type { Chosen } from "@/components/submit/use-samples-upload";

/** Mebibytes, rounded up. */
export const mib = (bytes: number) => Math.ceil(bytes / 2 ** 20);

/** An archive, or a folder that becomes one. */
export function FileChoice({
  mostBytes,
  onChoose,
}: {
  mostBytes: number;
  onChoose: (chosen: Chosen | null) => void;
}) {
  const [isFolder, setIsFolder] = useState(false);
  const choose = (files: FileList | null) => {
    const [first] = files ?? [];
    if (first === undefined || files === null) return onChoose(null);
    if (!isFolder) return onChoose({ name: first.name, bytes: first });
    const inside = [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    const folder = first.webkitRelativePath.split("/")[0] || "folder";
    onChoose({ name: `${folder}.tar`, bytes: tarOf(inside) });
  };
  return (
    <div className="text-sm sm:col-span-2">
      <div className="text-muted mb-1 flex gap-5">
        {[false, true].map((folder) => (
          <label key={String(folder)} className="flex items-center gap-2">
            <input
              type="radio"
              name="what"
              checked={isFolder === folder}
              onChange={() => {
                setIsFolder(folder);
                onChoose(null);
              }}
            />
            {folder ? "A folder" : "A .zip or .tar"}
          </label>
        ))}
      </div>
      <input
        key={String(isFolder)}
        type="file"
        className="field"
        aria-label={isFolder ? "Folder of images or videos" : "Archive of images or videos"}
        onChange={(event) => choose(event.target.files)}
        {...(isFolder ? { webkitdirectory: "" } : { accept: ".zip,.tar" })}
      />
      <p className="text-muted mt-2">
        Files are named by their prompt&apos;s key or number (from 0), and by a number where a prompt has
        several: 00012.png, 00012_3.png, 00012/3.png; or a manifest.csv with the columns file, key or prompt,
        index says what each is. At most {mib(mostBytes)} MiB.
      </p>
    </div>
  );
}
