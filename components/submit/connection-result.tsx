import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { CapabilityFacts } from "@/components/models/capability-facts";
import { SampleImage } from "@/components/sample-image";
import type { ConnectionTestResponse } from "@/lib/schemas/submissions";

/** What a test brought back: the first image, or what to change; and what was found. */
export function ConnectionResult({
  result,
  pending,
  longestSeconds,
}: {
  result: ConnectionTestResponse | null;
  pending: boolean;
  /** How long each call of the test waits at most. */
  longestSeconds: number;
}) {
  const t = useTranslations("submit.result");
  return (
    <div aria-live="polite" className="grid gap-3">
      <div className="frame [--frame-padding:10px]">
        {result?.imageDataUrl && !pending ? (
          <SampleImage src={result.imageDataUrl} prompt={result.prompt} eager />
        ) : (
          <div className="bg-sunk text-muted relative grid aspect-square place-items-center overflow-hidden p-6 text-center text-sm">
            {pending && (
              <span className="absolute inset-0 animate-[brush_1.6s_ease-in-out_infinite] bg-linear-to-r from-transparent via-(--paper)/60 to-transparent" />
            )}
            {pending ? <Waiting longestSeconds={longestSeconds} /> : t("empty")}
          </div>
        )}
      </div>
      {result && !pending && (
        <div className="text-sm">
          <p className={`flex items-start gap-2 font-medium ${result.ok ? "text-accent" : "text-alarm"}`}>
            {result.ok ? (
              <CircleCheck className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            ) : (
              <CircleX className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            )}
            <span className="min-w-0 break-words">{result.message}</span>
          </p>
          <p className="text-muted mt-1 tabular-nums">
            {result.width === null || result.height === null
              ? t("prompt", { prompt: result.prompt })
              : t("promptAndSize", {
                  prompt: result.prompt,
                  width: `${result.width}`,
                  height: `${result.height}`,
                })}
          </p>
          <div className="mt-3">
            <CapabilityFacts capability={result.capability} />
          </div>
        </div>
      )}
    </div>
  );
}

/** How long the answer has been waited for. A screen reader is told once, not every second. */
function Waiting({ longestSeconds }: { longestSeconds: number }) {
  const t = useTranslations("submit.result");
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const started = performance.now();
    const look = setInterval(() => setSeconds(Math.round((performance.now() - started) / 1000)), 1000);
    return () => clearInterval(look);
  }, []);
  return (
    <span>
      {t("waiting")}
      <span className="block tabular-nums">
        {t.rich("longest", {
          seconds,
          longest: longestSeconds,
          passed: (chunks) => <span aria-hidden="true">{chunks}</span>,
        })}
      </span>
    </span>
  );
}
