import { useTranslations } from "next-intl";
import { useFormState } from "react-hook-form";

/** Why the form's request failed, where that is no fault of one field; and that marked fields wait. */
export function FormProblem() {
  const t = useTranslations("site.forms");
  const { root, ...fields } = useFormState().errors;
  return (
    <>
      {Object.keys(fields).length > 0 && <p className="text-alarm text-sm">{t("fixMarked")}</p>}
      {root && (
        <p role="alert" className="bg-alarm-soft text-alarm rounded-md px-4 py-3 text-sm break-words">
          {root.message}
        </p>
      )}
    </>
  );
}
