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
    <section id={id} className="operation">
      <h3>{summary}</h3>
      <p>
        <b data-method={method}>{method}</b>
        <code>{path}</code>
      </p>
      {description && <p>{description}</p>}
      <OperationDetails id={id} method={method} path={path} />
    </section>
  );
}
