"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";

/** Takes an invitation up. Only the press does: who opens a link to look at it, a chat's preview say, comes onto no board. */
export function ComeIn({ token }: { token: string }) {
  const t = useTranslations("boards.invite");
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const comeIn = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      const { board } = await callApi<{ board: string }>("/api/v1/invites", { body: { token } });
      router.replace(`/arena?board=${board}`);
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
      setIsBusy(false);
    }
  };
  return (
    <>
      {problem && (
        <div role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          <p>{problem}</p>
          <Link href="/boards" className="link mt-2 inline-block">
            {t("seeBoards")}
          </Link>
        </div>
      )}
      <button
        type="button"
        className="button-primary mt-8 px-6 text-base"
        disabled={isBusy}
        onClick={() => void comeIn()}
      >
        {isBusy ? t("wait") : t("comeIn")}
      </button>
    </>
  );
}
