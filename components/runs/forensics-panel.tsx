import { count, counted } from "@/components/format";
import { FILES } from "@/components/runs/files-badge";
import { fileRemarkText } from "@/components/runs/file-remark-text";
import { SampleImage } from "@/components/sample-image";
import type { RunExaminationView } from "@/lib/schemas/examination";

type Forensics = NonNullable<RunExaminationView["forensics"]>;
type Images = Forensics["narrowRange"];

/** What the files of a run are like, before any model looked at them: the badge, and what it is for. */
export function ForensicsPanel({ forensics }: { forensics: Forensics }) {
  const { label, Icon, tone } = FILES[forensics.badge];
  const { n, formats, resolutions, exactDuplicates, nearDuplicates, narrowRange, corrupt, remarks, totals } =
    forensics;
  return (
    <section className="mt-12" aria-labelledby="files">
      <h2 id="files" className="flex flex-wrap items-center gap-3 text-2xl">
        Files
        <span
          className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 font-sans text-xs font-medium ${tone}`}
        >
          <Icon className="size-3.5" aria-hidden="true" />
          {label}
        </span>
      </h2>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-5">
        <Fact label="Read" value={counted(n, "image")} />
        <Fact label="Formats" value={histogram(formats)} />
        <Fact label="Pixels" value={histogram(resolutions)} />
        <Fact label="Duplicates" value={duplicates(totals.exactDuplicates, totals.nearDuplicates)} />
        <Fact label="Unreadable" value={count(totals.corrupt)} />
      </dl>
      {remarks.length > 0 && (
        <ul className="mt-4 grid list-disc gap-1 pl-5 text-sm">
          {remarks.map(fileRemarkText).map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <Groups title="Identical files" groups={exactDuplicates} total={totals.exactDuplicates} />
      <Groups title="Images that look the same" groups={nearDuplicates} total={totals.nearDuplicates} />
      <Groups
        title="Nearly flat images"
        groups={narrowRange.length > 0 ? [narrowRange] : []}
        total={totals.narrowRange}
        unit="image"
      />
      {corrupt.length > 0 && (
        <details className="card mt-4 p-4">
          <summary>{counted(totals.corrupt, "unreadable file")}</summary>
          <ul className="text-muted mt-3 grid gap-1.5 text-sm">
            {corrupt.map(({ name, reason }, at) => (
              <li key={`${name} ${at}`} className="break-words">
                “{name}”: {reason}
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
function histogram(counts: Record<string, number>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return "–";
  if (entries.length === 1) return entries[0][0];
  const shown = entries.slice(0, 4).map(([kind, n]) => `${kind} (${count(n)})`);
  return entries.length > 4 ? `${shown.join(", ")} and ${entries.length - 4} more` : shown.join(", ");
}

function duplicates(exact: number, near: number): string {
  if (exact + near === 0) return "none";
  const parts = [];
  if (exact > 0) parts.push(counted(exact, "identical group"));
  if (near > 0) parts.push(counted(near, "alike group"));
  return parts.join(", ");
}

function Groups({
  title,
  groups,
  total,
  unit = "group",
}: {
  title: string;
  groups: Images[];
  total: number;
  unit?: string;
}) {
  if (groups.length === 0) return null;
  return (
    <details className="card mt-4 p-4">
      <summary>
        {title} <span className="text-muted text-sm">({counted(total, unit)})</span>
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
