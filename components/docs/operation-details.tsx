"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import {
  readApiDocument,
  resolveSchema,
  type ApiDocument,
  type ApiOperation,
} from "@/components/docs/api-document";
import { SchemaFields } from "@/components/docs/schema-fields";

/** What the API says of itself is in English. */
const ENGLISH = { lang: "en", translate: "no" } as const;

type State = { document: ApiDocument } | { failure: string } | null;

/** What to send, what comes back, what may go wrong: shown once it is opened, or linked to. */
export function OperationDetails({ id, method, path }: { id: string; method: string; path: string }) {
  const [t, language] = [useTranslations("docs.operation"), useLocale()];
  const details = useRef<HTMLDetailsElement>(null);
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    const openIfLinked = () => {
      if (window.location.hash === `#${id}` && details.current) details.current.open = true;
    };
    openIfLinked();
    window.addEventListener("hashchange", openIfLinked);
    return () => window.removeEventListener("hashchange", openIfLinked);
  }, [id]);
  const read = () => {
    if (state !== null && "document" in state) return;
    readApiDocument().then(
      (document) => setState({ document }),
      (error: Error) => setState({ failure: error.message }),
    );
  };
  return (
    <details
      ref={details}
      lang={language}
      translate="yes"
      onToggle={(event) => event.currentTarget.open && read()}
    >
      <summary>{t("details")}</summary>
      {state === null ? (
        <p className="text-muted mt-3 text-sm">{t("reading")}</p>
      ) : "failure" in state ? (
        <p className="text-muted mt-3 text-sm" role="alert">
          {t.rich("failure", {
            message: state.failure,
            link: (chunks) => (
              <a className="link" href="/api/openapi.json">
                {chunks}
              </a>
            ),
          })}
        </p>
      ) : (
        <Fields operation={state.document.paths[path][method]} document={state.document} />
      )}
    </details>
  );
}

function Fields({ operation, document }: { operation: ApiOperation; document: ApiDocument }) {
  const t = useTranslations("docs.operation");
  const body = resolveSchema(operation.requestBody?.content["application/json"]?.schema, document);
  const answers = Object.entries(operation.responses);
  const [status, success] = answers.find(([code]) => code.startsWith("2")) ?? answers[0];
  const answer = resolveSchema(success.content?.["application/json"]?.schema, document);
  const others = Object.keys(success.content ?? {}).filter((type) => type !== "application/json");
  const errors = answers.filter(([code]) => !code.startsWith("2"));
  return (
    <div className="mt-5 grid gap-x-12 gap-y-6 lg:grid-cols-2">
      <div className="min-w-0">
        {operation.parameters && operation.parameters.length > 0 && (
          <>
            <h4 className="eyebrow mb-2">{t("parameters")}</h4>
            <ul className="border-line divide-line mb-5 divide-y border-y text-sm">
              {operation.parameters.map(({ name, in: where, required, description, schema }) => (
                <li key={name} className="py-2">
                  <code className="font-mono font-medium">{name}</code>{" "}
                  <span className="text-muted text-xs">
                    {t("where", { where, required: required ? "yes" : "no" })}
                    {schema?.enum && <code>, {schema.enum.join(" | ")}</code>}
                  </span>
                  {description && (
                    <p className="text-muted" {...ENGLISH}>
                      {description}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        {body && (
          <>
            <h4 className="eyebrow mb-2">{t("body")}</h4>
            <SchemaFields schema={body} />
          </>
        )}
        {!body && !operation.parameters?.length && <p className="text-muted text-sm">{t("nothing")}</p>}
      </div>
      <div className="min-w-0">
        <h4 className="eyebrow mb-2">{t("answer", { status })}</h4>
        <p className="text-muted mb-2 text-sm">
          <span {...ENGLISH}>{success.description}</span>{" "}
          {others.length > 0 && t("alsoAs", { types: others.join(", ") })}
        </p>
        {answer && (
          <details open={Object.keys(answer.properties ?? {}).length <= 8}>
            <summary className="text-accent pb-2 text-sm">{t("fields")}</summary>
            <SchemaFields schema={answer} />
          </details>
        )}
        {errors.length > 0 && (
          <details className="mt-3 text-sm">
            <summary className="text-muted">
              {t("errors", { codes: errors.map(([code]) => code).join(", ") })}
            </summary>
            <ul className="text-muted mt-2 grid gap-1">
              {errors.map(([code, { description }]) => (
                <li key={code}>
                  <span className="text-ink font-mono text-xs">{code}</span>{" "}
                  <span {...ENGLISH}>{description}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </div>
  );
}
