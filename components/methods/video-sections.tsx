import type { MethodSection } from "@/components/methods/method-section";

/** What is measured on videos alone. */
export const VIDEO_SECTIONS: readonly MethodSection[] = [
  {
    id: "videos",
    body: (t) => (
      <>
        <p>{t.rich("videos.clock", { em: (chunks) => <em>{chunks}</em> })}</p>
        <p>{t("videos.truth")}</p>
        <p>{t("videos.consistency")}</p>
      </>
    ),
  },
];
