"use client";

import { useTranslations } from "next-intl";
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
  const t = useTranslations("submit.samples");
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
            {t(folder ? "folder" : "archive")}
          </label>
        ))}
      </div>
      <input
        key={String(isFolder)}
        type="file"
        className="field"
        aria-label={t(isFolder ? "folderLabel" : "archiveLabel")}
        onChange={(event) => choose(event.target.files)}
        {...(isFolder ? { webkitdirectory: "" } : { accept: ".zip,.tar" })}
      />
      <p className="text-muted mt-2">{t("naming", { mib: mib(mostBytes) })}</p>
    </div>
  );
}
