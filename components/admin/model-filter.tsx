import { useTranslations } from "next-intl";
import { managedState } from "@/lib/schemas/administration/managed-models";

/** Which models are shown: a form that works without a script. */
export function ModelFilter({ state, find }: { state: string; find: string }) {
  const t = useTranslations("admin.models");
  return (
    <form className="mt-8 flex flex-wrap items-end gap-4" role="search" aria-label={t("label")}>
      <label className="grid gap-1 text-sm">
        <span className="text-muted">{t("find")}</span>
        <input name="find" defaultValue={find} maxLength={100} className="field w-64" />
      </label>
      <label className="grid gap-1 text-sm">
        <span className="text-muted">{t("state")}</span>
        <select name="state" defaultValue={state} className="field w-40">
          <option value="">{t("all")}</option>
          {managedState.options.map((each) => (
            <option key={each} value={each}>
              {t("stateOption", { state: each })}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button-quiet">
        {t("show")}
      </button>
    </form>
  );
}
