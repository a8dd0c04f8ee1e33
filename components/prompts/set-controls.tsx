"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";

/** What its owner may do with a set; nothing is put away at the first click. */
export function SetControls({
  slug,
  revision,
  archived,
  listed,
  mayList,
  mayRemove,
  mayFollow,
}: {
  slug: string;
  /** As the page has it: what others did to the set since is not gone over. */
  revision: number;
  archived: boolean;
  listed: boolean;
  /** Whether who looks decides if everybody sees it. */
  mayList: boolean;
  mayRemove: boolean;
  mayFollow: boolean;
}) {
  const t = useTranslations("prompts.controls");
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const path = `/api/v1/prompt-sets/${slug}`;
  const run = async (change: () => Promise<void>) => {
    setProblem(null);
    try {
      await change();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
  };
  const archive = async (method: "POST" | "DELETE") => {
    await callApi<unknown>(`${path}/archive`, { method, revision });
    router.refresh();
  };
  const list = async () => {
    await callApi<unknown>(`${path}/listing`, { body: { listed: !listed }, revision });
    router.refresh();
  };
  const remove = async () => {
    await callApi<unknown>(path, { method: "DELETE", revision });
    router.push("/prompts");
  };
  return (
    <>
      {mayFollow && (
        <Link href={`/prompts/new?of=${slug}`} className="button-quiet button-small">
          {t("newVersion")}
        </Link>
      )}
      {mayList && (
        <Confirm
          label={t(listed ? "unpublish" : "publish")}
          ask={t(listed ? "unpublishAsk" : "publishAsk")}
          go={t(listed ? "unpublishGo" : "publishGo")}
          onGo={() => run(list)}
        />
      )}
      {archived ? (
        <Confirm
          label={t("restore")}
          ask={t("restoreAsk")}
          go={t("restoreGo")}
          onGo={() => run(() => archive("DELETE"))}
        />
      ) : (
        <Confirm
          label={t("archive")}
          ask={t("archiveAsk")}
          go={t("archiveGo")}
          onGo={() => run(() => archive("POST"))}
        />
      )}
      {mayRemove && (
        <Confirm label={t("remove")} ask={t("removeAsk")} go={t("removeGo")} onGo={() => run(remove)} />
      )}
      {problem && (
        <span role="alert" className="text-alarm">
          {problem}
        </span>
      )}
    </>
  );
}
