"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";

export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const t = useTranslations("site.error");
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <div className="page grid place-items-center py-24 text-center">
      <h1 className="text-3xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-md">
        {error.digest ? t("textWithDigest", { digest: error.digest }) : t("text")}
      </p>
      <button type="button" className="button-primary mt-8" onClick={() => retry()}>
        {t("retry")}
      </button>
    </div>
  );
}
