import { useTranslations } from "next-intl";
import { SampleImage } from "@/components/sample-image";

/** The images that a prompt edits or animates, small and in a row; nothing where it has none. */
export function SourceImages({
  sources,
  reference = null,
  eager = false,
  className = "",
}: {
  sources: readonly string[];
  /** One that shows what was wanted. */
  reference?: string | null;
  eager?: boolean;
  className?: string;
}) {
  const t = useTranslations("site.sourceImages");
  if (sources.length === 0 && reference === null) return null;
  const images = [
    ...sources.map((url, at) => ({
      url,
      label: sources.length === 1 ? t("source") : t("nthSource", { n: at + 1 }),
    })),
    ...(reference === null ? [] : [{ url: reference, label: t("reference") }]),
  ];
  return (
    <ul className={`flex flex-wrap gap-3 ${className}`}>
      {images.map(({ url, label }) => (
        <li key={url}>
          <a href={url} target="_blank" rel="noreferrer" className="block w-28">
            <SampleImage src={url} prompt={label} eager={eager} className="bg-sunk rounded-sm" />
            <span className="text-muted mt-1 block text-center text-xs" aria-hidden="true">
              {label}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
