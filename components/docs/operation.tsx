import { SchemaFields, type JsonSchema } from "@/components/docs/schema-fields";

type Content = Record<string, { schema?: JsonSchema }>;

export type ApiOperation = {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: JsonSchema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};

type Resolve = (schema: JsonSchema | undefined) => JsonSchema | null;

/** One operation of the API: what to send, what comes back, what may go wrong. */
export function Operation({
  method,
  path,
  operation,
  resolve,
}: {
  method: string;
  path: string;
  operation: ApiOperation;
  resolve: Resolve;
}) {
  const body = resolve(operation.requestBody?.content["application/json"]?.schema);
  const answers = Object.entries(operation.responses);
  const [status, success] = answers.find(([code]) => code.startsWith("2")) ?? answers[0];
  const answer = resolve(success.content?.["application/json"]?.schema);
  const others = Object.keys(success.content ?? {}).filter((type) => type !== "application/json");
  const errors = answers.filter(([code]) => !code.startsWith("2"));
  return (
    <section id={operation.operationId} className="border-line scroll-mt-20 border-t py-8">
      <h3 className="text-xl">{operation.summary}</h3>
      <p className="mt-2 flex flex-wrap items-center gap-3 font-mono text-sm">
        <span
          className={`rounded px-2 py-0.5 text-xs uppercase ${method === "post" ? "bg-accent text-on-accent" : "bg-sunk"}`}
        >
          {method}
        </span>
        <span className="break-all">{path}</span>
      </p>
      {operation.description && <p className="text-muted mt-3 max-w-2xl">{operation.description}</p>}
      <div className="mt-5 grid gap-x-12 gap-y-6 lg:grid-cols-2">
        <div className="min-w-0">
          {operation.parameters && operation.parameters.length > 0 && (
            <>
              <h4 className="eyebrow mb-2">Parameters</h4>
              <ul className="border-line divide-line mb-5 divide-y border-y text-sm">
                {operation.parameters.map(({ name, in: where, required, description, schema }) => (
                  <li key={name} className="py-2">
                    <code className="font-mono font-medium">{name}</code>{" "}
                    <span className="text-muted text-xs">
                      in {where}
                      {required ? "" : ", optional"}
                      {schema?.enum ? `, ${schema.enum.join(" or ")}` : ""}
                    </span>
                    {description && <p className="text-muted">{description}</p>}
                  </li>
                ))}
              </ul>
            </>
          )}
          {body && (
            <>
              <h4 className="eyebrow mb-2">Body</h4>
              <SchemaFields schema={body} />
            </>
          )}
          {!body && !operation.parameters?.length && <p className="text-muted text-sm">Nothing to send.</p>}
        </div>
        <div className="min-w-0">
          <h4 className="eyebrow mb-2">Answer {status}</h4>
          <p className="text-muted mb-2 text-sm">
            {success.description}
            {others.length > 0 && ` Also as ${others.join(", ")}.`}
          </p>
          {answer && (
            <details open={Object.keys(answer.properties ?? {}).length <= 8}>
              <summary className="text-accent pb-2 text-sm">Fields</summary>
              <SchemaFields schema={answer} />
            </details>
          )}
          {errors.length > 0 && (
            <details className="mt-3 text-sm">
              <summary className="text-muted">Errors {errors.map(([code]) => code).join(", ")}</summary>
              <ul className="text-muted mt-2 grid gap-1">
                {errors.map(([code, { description }]) => (
                  <li key={code}>
                    <span className="text-ink font-mono text-xs">{code}</span> {description}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </div>
    </section>
  );
}
