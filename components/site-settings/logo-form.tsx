"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Mark } from "@/components/mark";
import type { Offer } from "@/lib/schemas/offer";
import type { SettingsView } from "@/lib/schemas/administration/settings";

const PATH = "/api/v1/settings/logo";

/** The image in the bar beside the site's name. */
export function LogoForm({ initial, changing }: { initial: string | null; changing: Offer }) {
  const t = useTranslations("site-settings.logo");
  const router = useRouter();
  const [logo, setLogo] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (file: File | null) => {
    setBusy(true);
    setProblem(null);
    try {
      const response = await fetch(PATH, {
        method: file === null ? "DELETE" : "POST",
        ...(file !== null && { headers: { "content-type": "application/octet-stream" }, body: file }),
      });
      const answer = (await response.json()) as SettingsView & { error?: { message: string } };
      if (!response.ok) throw new Error(answer.error?.message);
      setLogo(answer.logo);
      router.refresh();
    } catch (error) {
      const said = error instanceof Error && !(error instanceof TypeError) ? error.message : "";
      setProblem(said || t("notReached"));
    }
    setBusy(false);
  };
  return (
    <section className="card mt-8 max-w-3xl p-5" aria-labelledby="logo">
      <h2 id="logo" className="text-xl">
        {t("title")}
      </h2>
      <div className="mt-4 flex flex-wrap items-center gap-4">
        <Mark logo={logo} size={48} />
        <fieldset
          className="flex min-w-0 flex-wrap items-center gap-4"
          disabled={busy || changing.kind !== "open"}
        >
          <input
            type="file"
            aria-label={t("image")}
            aria-describedby="logo-note"
            accept="image/png,image/jpeg,image/webp"
            className="max-w-full text-sm"
            onChange={({ target }) => target.files?.[0] && void send(target.files[0])}
          />
          {logo !== null && (
            <button type="button" className="button-quiet button-small" onClick={() => void send(null)}>
              {t("remove")}
            </button>
          )}
        </fieldset>
      </div>
      <p id="logo-note" className="text-muted mt-3 text-sm">
        {t("note")}
      </p>
      {changing.kind !== "open" && <p className="text-muted mt-4 text-sm">{changing.text}</p>}
      {problem && (
        <p role="alert" className="text-alarm mt-4 text-sm">
          {problem}
        </p>
      )}
    </section>
  );
}
