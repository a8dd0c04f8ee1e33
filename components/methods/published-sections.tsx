import type { MethodSection } from "@/components/methods/method-section";
import { findPreset } from "@/lib/schemas/catalogue/catalogue";
import { PUBLISHED } from "@/lib/schemas/catalogue/published";

export const PUBLISHED_SECTIONS: readonly MethodSection[] = [
  {
    id: "published-elsewhere",
    body: (t, format) => (
      <>
        <p>{t("published-elsewhere.text")}</p>
        <table className="text-sm">
          <thead>
            <tr>
              <th>{t("published-elsewhere.model")}</th>
              <th>{t("published-elsewhere.figure")}</th>
              <th>{t("published-elsewhere.by")}</th>
              <th>{t("published-elsewhere.seen")}</th>
            </tr>
          </thead>
          <tbody>
            {PUBLISHED.map(({ preset, by, address, seen, what, value }) => (
              <tr key={preset + by + what}>
                <td translate="no">{findPreset(preset)?.name}</td>
                <td className="tabular-nums" translate="no">
                  {what} {format.count(value)}
                </td>
                <td translate="no">
                  <a href={address} rel="noreferrer">
                    {by}
                  </a>
                </td>
                <td translate="no">{format.day(seen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </>
    ),
  },
];
