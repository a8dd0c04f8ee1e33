"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { changedText, checkCostText, lastText, splitText } from "@/components/models/drift-text";
import { USUAL_DRIFT_DAYS, type DriftView } from "@/lib/schemas/endpoints/drift";

/** Whether the model behind a name is still the one that was measured; for who may, how often that is looked at. */
export function Drift({ slug, drift }: { slug: string; drift: DriftView }) {
  const { changed, splitAt, watch } = drift;
  if (changed === null && splitAt === null && watch === null) return null;
  return (
    <div className="mt-6 max-w-2xl text-sm">
      {changed && (
        <p role="note" className="bg-alarm-soft text-alarm rounded-md px-4 py-3">
          {changedText(changed)}
        </p>
      )}
      {splitAt && (
        <p role="note" className="text-muted mt-3">
          {splitText(splitAt)}
        </p>
      )}
      {watch && <Watch slug={slug} watch={watch} isChanged={changed !== null} />}
    </div>
  );
}

function Watch({
  slug,
  watch,
  isChanged,
}: {
  slug: string;
  watch: NonNullable<DriftView["watch"]>;
  isChanged: boolean;
}) {
  const router = useRouter();
  const [days, setDays] = useState(String(watch.everyDays ?? USUAL_DRIFT_DAYS));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (path: "drift" | "split", body?: object) => {
    setBusy(true);
    setProblem(null);
    try {
      await callApi(`/api/v1/models/${slug}/${path}`, { method: "POST", body });
      router.refresh();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  const start = (event: FormEvent) => {
    event.preventDefault();
    const everyDays = Number(days);
    // What is no number would be sent as null, which switches it off.
    if (Number.isInteger(everyDays)) void send("drift", { everyDays });
    else setProblem("Give whole days, 1 to 90.");
  };
  return (
    <form className="mt-4" onSubmit={start} aria-label="Changes of the model">
      <label htmlFor="driftDays" className="font-medium">
        Check whether the endpoint still serves the same model, every so many days
      </label>
      <p className="text-muted">
        {watch.everyDays === null ? "Off. " : `Every ${watch.everyDays} days. `}
        {checkCostText(watch)} {watch.isUnderWay && "A check is under way. "}
        {watch.last && lastText(watch.last)}
      </p>
      <div className="mt-2 flex flex-wrap gap-3">
        <input
          id="driftDays"
          className="field w-28"
          inputMode="numeric"
          value={days}
          onChange={({ target }) => setDays(target.value)}
        />
        <button type="submit" className="button-quiet button-small" disabled={busy}>
          {watch.everyDays === null ? "Switch it on" : "Save"}
        </button>
        {watch.everyDays !== null && (
          <button
            type="button"
            className="button-quiet button-small"
            disabled={busy}
            onClick={() => void send("drift", { everyDays: null })}
          >
            Switch it off
          </button>
        )}
      </div>
      {isChanged && (
        <div className="mt-4">
          <Confirm
            label="Begin a new version"
            ask="Votes on images made before the change are left out of every rating, under a public reason, and can be counted again. The runs of before speak for the model no more: it is in battles again once a new run has been scored, which you start."
            go="Begin it"
            onGo={() => send("split")}
          />
        </div>
      )}
      {problem && (
        <p role="alert" className="text-alarm mt-2">
          {problem}
        </p>
      )}
    </form>
  );
}
