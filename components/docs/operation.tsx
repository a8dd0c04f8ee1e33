import { OperationDetails } from "@/components/docs/operation-details";

/** One operation of the API; its fields are read from the OpenAPI document when it is opened. */
export function Operation({
  id,
  method,
  path,
  summary,
  description,
}: {
  id: string;
  method: string;
  path: string;
  summary?: string;
  description?: string;
}) {
  return (
    <section id={id} className="border-line scroll-mt-20 border-t py-8">
      <h3 className="text-xl">{summary}</h3>
      <p className="mt-2 flex flex-wrap items-center gap-3 font-mono text-sm">
        <span
          className={`rounded px-2 py-0.5 text-xs uppercase ${method === "post" ? "bg-accent text-on-accent" : "bg-sunk"}`}
        >
          {method}
        </span>
        <span className="break-all">{path}</span>
      </p>
      {description && <p className="text-muted mt-3 max-w-2xl">{description}</p>}
      <OperationDetails id={id} method={method} path={path} />
    </section>
  );
}
