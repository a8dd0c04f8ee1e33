"use client";

import { EyeOff, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";

/** What a submitter or an admin may do to a model: take it off the board, or delete it. Either asks once more. */
export function ModelControls({
  slug,
  name,
  listed,
  own,
}: {
  slug: string;
  name: string;
  listed: boolean;
  /** Whether who looks submitted it. */
  own: boolean;
}) {
  const t = useTranslations("models.controls");
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const path = `/api/v1/models/${slug}`;
  const run = async (change: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await change();
      router.refresh();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
  };
  const remove = async () => {
    await callApi(path, { method: "DELETE" });
    router.push("/models");
  };
  return (
    <section className="mt-6 max-w-2xl text-sm" aria-label={t(own ? "own" : "asAdmin")}>
      <div className="flex flex-wrap gap-3">
        {listed && (
          <Confirm
            label={
              <>
                <EyeOff className="size-4" aria-hidden="true" /> {t("withdraw")}
              </>
            }
            ask={t("withdrawAsk", { own: own ? "yes" : "no" })}
            go={t("withdrawIt")}
            onGo={() => run(() => callApi(`${path}/withdraw`, { method: "POST" }))}
          />
        )}
        <Confirm
          label={
            <>
              <Trash2 className="size-4" aria-hidden="true" /> {t("delete", { name })}
            </>
          }
          ask={t("deleteAsk")}
          go={t("deleteIt")}
          onGo={() => run(remove)}
        />
      </div>
      {problem && (
        <p role="alert" className="text-alarm mt-3">
          {problem}
        </p>
      )}
    </section>
  );
}
