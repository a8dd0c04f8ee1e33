"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormat } from "@/components/use-format";
import type { Changed } from "@/lib/schemas/error-response";

/** One thing that two people set differently, in words. */
export interface Difference {
  label: string;
  mine: string;
  theirs: string;
}

/** Tells that somebody changed what is edited here, with both values of what differs, and asks which of the two stands. */
export function EditConflict({
  changed,
  differences,
  onKeep,
  onTake,
}: {
  changed: Changed;
  differences: Difference[];
  onKeep: () => Promise<void>;
  onTake: () => Promise<void>;
}) {
  const t = useTranslations("site.forms");
  const format = useFormat();
  const [isBusy, setIsBusy] = useState(false);
  const run = (work: () => Promise<void>) => {
    setIsBusy(true);
    void work().finally(() => setIsBusy(false));
  };
  const { name, at } = changed;
  const who = name === null || changed.who === "you" ? changed.who : "named";
  return (
    <div role="alert" className="bg-alarm-soft rounded-md px-4 py-3 text-sm">
      <p className="text-alarm">
        {at === null
          ? t("changed", { who, name: name ?? "" })
          : t("changedAt", { who, name: name ?? "", at: format.moment(at) })}
      </p>
      {differences.length > 0 && (
        <dl className="mt-3 grid gap-2">
          {differences.map(({ label, mine, theirs }) => (
            <div key={label}>
              <dt className="font-medium">{label}</dt>
              <dd className="break-words">{t("values", { theirs, mine })}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className="mt-3 flex flex-wrap gap-3">
        <button
          type="button"
          className="button-quiet button-small"
          disabled={isBusy}
          onClick={() => run(onKeep)}
        >
          {t("keepMine")}
        </button>
        <button
          type="button"
          className="button-quiet button-small"
          disabled={isBusy}
          onClick={() => run(onTake)}
        >
          {t("takeTheirs")}
        </button>
      </div>
    </div>
  );
}
