import { useTranslations } from "next-intl";
import type { SampleUploadView } from "@/lib/schemas/sample-uploads";

/** Files of an upload that did not become samples, each with the reason. */
export function UploadProblems({ upload }: { upload: SampleUploadView }) {
  const { problems, problemCount } = upload;
  const t = useTranslations("submit.problems");
  if (problemCount === 0) return null;
  return (
    <details className="mt-3">
      <summary className="cursor-pointer">{t("title", { n: problemCount })}</summary>
      <ul className="divide-line mt-2 max-h-80 divide-y overflow-auto">
        {problems.map(({ name, message }) => (
          <li key={`${name} ${message}`} className="py-2">
            <span className="block font-mono text-xs break-all" translate="no">
              {name}
            </span>
            <span className="text-muted break-words">{message}</span>
          </li>
        ))}
      </ul>
      {problemCount > problems.length && (
        <p className="text-muted mt-2">{t("more", { n: problemCount - problems.length })}</p>
      )}
    </details>
  );
}
