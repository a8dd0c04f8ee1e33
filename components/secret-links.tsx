"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { ShownOnce } from "@/components/shown-once";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";

interface SecretLink {
  id: string;
  label: string;
  revoked: boolean;
  expiresAt: string | null;
  createdAt: string;
}

/** Secret links of one thing: one more is made and shown once, and each can be revoked. */
export function SecretLinks<Link extends SecretLink, Answer>({
  path,
  initial,
  linksOf,
  usedText,
  revokeText,
  make,
}: {
  /** Of the API, where links are listed, made, and below it revoked. */
  path: string;
  /** The list as the page was rendered with it. */
  initial: Answer;
  linksOf: (answer: Answer) => Link[];
  /** What is said of how a link was used. */
  usedText: (link: Link) => string;
  /** What follows when one is revoked. */
  revokeText: string;
  /** What the button that makes one says. */
  make: string;
}) {
  const t = useTranslations("site.secretLinks");
  const { day } = useFormat();
  const [first] = useState(initial);
  const { data, refresh } = useApi<Answer>(path, { initial: first });
  const [made, setMade] = useState<{ id: string; path: string } | null>(null);
  const [label, setLabel] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
      await refresh();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      setMade(await callApi<{ id: string; path: string }>(path, { body: { label } }));
      setLabel("");
    });
  };
  const revoke = (id: string) =>
    attempt(async () => {
      await callApi<unknown>(`${path}/${id}`, { method: "DELETE" });
      if (made?.id === id) setMade(null);
    });
  return (
    <>
      <form className="mt-4 flex flex-wrap items-end gap-3" onSubmit={submit}>
        <label className="min-w-0 flex-1 basis-48 text-sm">
          <span className="text-muted mb-1 block">{t("forWhom")}</span>
          <input
            className="field"
            value={label}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setLabel(event.target.value)}
          />
        </label>
        <button type="submit" className="button-quiet">
          {make}
        </button>
      </form>
      {made && <NewSecretLink key={made.id} path={made.path} />}
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      <ul className="mt-4 grid gap-3">
        {linksOf(data).map((link) => (
          <li key={link.id} className="card flex flex-wrap items-center justify-between gap-3 p-4 text-sm">
            <span className="min-w-0 break-words">
              {link.label ? <span translate="no">{link.label}</span> : t("noLabel")}
              <span className="text-muted">
                {" "}
                · {usedText(link)} · {t("made", { day: day(link.createdAt) })}
                {link.expiresAt !== null && ` · ${t("validUntil", { day: day(link.expiresAt) })}`}
              </span>
            </span>
            {link.revoked ? (
              <span className="bg-sunk rounded-full px-2.5 py-1 text-xs">{t("revoked")}</span>
            ) : (
              <RevokeLink label={link.label} ask={revokeText} onGo={() => revoke(link.id)} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The button that revokes one, once it is confirmed. */
export function RevokeLink({ label, ask, onGo }: { label: string; ask: string; onGo: () => Promise<void> }) {
  const t = useTranslations("site.secretLinks");
  return (
    <Confirm
      label={
        <>
          <span aria-hidden="true">{t("revoke")}</span>
          <span className="sr-only">{label ? t("revokeLabelled", { label }) : t("revokeUnlabelled")}</span>
        </>
      }
      ask={ask}
      go={t("go")}
      onGo={onGo}
    />
  );
}

/** A link that was just made. */
export function NewSecretLink({ path }: { path: string }) {
  const t = useTranslations("site.secretLinks");
  const url = useMemo(() => new URL(path, window.location.href).href, [path]);
  return <ShownOnce id="secret-link" label={t("send")} text={url} />;
}
