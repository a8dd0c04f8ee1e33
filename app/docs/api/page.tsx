import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ApiDocument } from "@/components/docs/api-document";
import { Operation } from "@/components/docs/operation";
import { Messages } from "@/components/messages";
import { openApiDocument } from "@/lib/schemas/openapi";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("docs.page");
  return { title: t("title"), description: t("description") };
}

const COMMANDS = `curl -c jar -b jar -H 'content-type: application/json' \\
  -d '{"board":"text-to-image"}' http://localhost:3000/api/v1/battles

curl -c jar -b jar -H 'content-type: application/json' \\
  -d '{"battleId":"bat_...","token":"...","outcome":"left"}' http://localhost:3000/api/v1/votes`;

/** The frame is in the page's language, what the API says of itself in English. */
export default function ApiPage() {
  const t = useTranslations("docs.page");
  const document = openApiDocument() as ApiDocument;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? "Other"))];
  return (
    <div className="page grid gap-x-16 pt-10 sm:pt-14 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <nav aria-label={t("operations")} className="hidden lg:block">
        <div
          className="sticky top-24 grid max-h-[calc(100svh-8rem)] gap-5 overflow-y-auto text-sm"
          lang="en"
          translate="no"
        >
          {tags.map((tag) => (
            <div key={tag}>
              <p className="eyebrow">{tag}</p>
              <ul className="mt-2 grid gap-1.5">
                {operations
                  .filter(({ operation }) => operation.tags?.[0] === tag)
                  .map(({ operation }) => (
                    <li key={operation.operationId}>
                      <a href={`#${operation.operationId}`} className="text-muted hover:text-ink">
                        {operation.summary}
                      </a>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div className="min-w-0">
        <h1 className="text-4xl sm:text-5xl">{t("title")}</h1>
        <p className="text-muted mt-4 max-w-2xl text-lg" lang="en" translate="no">
          {document.info.description}
        </p>
        <p className="text-muted mt-2">
          {t.rich("document", {
            link: (chunks) => (
              <a className="link" href="/api/openapi.json">
                {chunks}
              </a>
            ),
          })}
        </p>
        <h2 className="mt-10 text-2xl">{t("example")}</h2>
        <pre
          tabIndex={0}
          role="region"
          aria-label={t("commands")}
          className="bg-sunk mt-4 overflow-x-auto rounded-lg p-4 font-mono text-[0.8125rem] leading-relaxed"
        >
          {COMMANDS}
        </pre>
        <Messages areas={["docs"]}>
          {tags.map((tag) => (
            <section key={tag} className="mt-14" lang="en" translate="no">
              <h2 className="mb-4 text-3xl">{tag}</h2>
              {operations
                .filter(({ operation }) => operation.tags?.[0] === tag)
                .map(({ path, method, operation }) => (
                  <Operation
                    key={operation.operationId}
                    id={operation.operationId}
                    {...{ path, method, summary: operation.summary, description: operation.description }}
                  />
                ))}
            </section>
          ))}
        </Messages>
      </div>
    </div>
  );
}
