import { useTranslations } from "next-intl";
import { UNKNOWN, type Format } from "@/components/format";
import { FILES } from "@/components/runs/files-badge";
import { fileRemarkSentence, type RunWords } from "@/components/runs/page-text";
import { SampleImage } from "@/components/sample-image";
import { useFormat } from "@/components/use-format";
import type { RunExaminationView } from "@/lib/schemas/examination";

type Forensics = NonNullable<RunExaminationView["forensics"]>;
type Images = Forensics["narrowRange"];

/** What the files of a run are like, before any model looked at them: the badge, and what it is for. */
export function ForensicsPanel({ forensics }: { forensics: Forensics }) {
  const t = useTranslations("runs");
  const { count } = useFormat();
  const { Icon, tone } = FILES[forensics.badge];
  const { n, formats, resolutions, exactDuplicates, nearDuplicates, narrowRange, corrupt, remarks, totals } =
    forensics;
  return (
    <section className="mt-12" aria-labelledby="files">
      <h2 id="files" className="flex flex-wrap items-center gap-3 text-2xl">
        {t("files.title")}
        <span
          className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 font-sans text-xs font-medium ${tone}`}
        >
          <Icon className="size-3.5" aria-hidden="true" />
          {t("files.found", { badge: forensics.badge })}
        </span>
      </h2>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-5">
        <Fact label={t("files.read")} value={t("files.images", { n })} />
        <Fact label={t("files.formats")} value={histogram(t, count, formats)} />
        <Fact label={t("files.pixels")} value={histogram(t, count, resolutions)} />
        <Fact
          label={t("files.duplicates")}
          value={duplicates(t, totals.exactDuplicates, totals.nearDuplicates)}
        />
        <Fact label={t("files.unreadable")} value={count(totals.corrupt)} />
      </dl>
      {remarks.length > 0 && (
        <ul className="mt-4 grid list-disc gap-1 pl-5 text-sm">
          {remarks
            .map((remark) => fileRemarkSentence(t, remark))
            .map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
        </ul>
      )}
      <Groups
        title={t("files.identicalFiles")}
        groups={exactDuplicates}
        size={t("files.groups", { n: totals.exactDuplicates })}
      />
      <Groups
        title={t("files.lookAlike")}
        groups={nearDuplicates}
        size={t("files.groups", { n: totals.nearDuplicates })}
      />
      <Groups
        title={t("files.flat")}
        groups={narrowRange.length > 0 ? [narrowRange] : []}
        size={t("files.images", { n: totals.narrowRange })}
      />
      {corrupt.length > 0 && (
        <details className="card mt-4 p-4">
          <summary>{t("files.unreadableFiles", { n: totals.corrupt })}</summary>
          <ul className="text-muted mt-3 grid gap-1.5 text-sm">
            {corrupt.map(({ name, reason }, at) => (
              <li key={`${name} ${at}`} className="break-words">
                {t("files.unreadableFile", { name, reason })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="mt-0.5 text-sm tabular-nums">{value}</dd>
    </div>
  );
}

/** "png 990, jpeg 10"; a single kind needs no count. */
function histogram(t: RunWords, count: Format["count"], counts: Record<string, number>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return UNKNOWN;
  if (entries.length === 1) return entries[0][0];
  const shown = entries.slice(0, 4).map(([kind, n]) => `${kind} (${count(n)})`);
  const list = shown.join(", ");
  return entries.length > 4 ? t("files.more", { shown: list, n: entries.length - 4 }) : list;
}

function duplicates(t: RunWords, exact: number, near: number): string {
  if (exact + near === 0) return t("files.none");
  const parts = [];
  if (exact > 0) parts.push(t("files.identical", { n: exact }));
  if (near > 0) parts.push(t("files.alike", { n: near }));
  return parts.join(", ");
}

function Groups({ title, groups, size }: { title: string; groups: Images[]; size: string }) {
  if (groups.length === 0) return null;
  return (
    <details className="card mt-4 p-4">
      <summary>
        {title} <span className="text-muted text-sm">({size})</span>
      </summary>
      <ul className="mt-4 grid gap-4">
        {groups.map((group) => (
          <li key={group.map(({ sampleId }) => sampleId).join()}>
            <ul className="grid grid-cols-4 gap-2 sm:grid-cols-8 lg:grid-cols-12">
              {group.map(({ sampleId, url, prompt }) => (
                <li key={sampleId} className="frame [--frame-padding:3px]" title={prompt}>
                  <SampleImage src={url} prompt={prompt} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
