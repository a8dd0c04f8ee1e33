"use client";

import { EyeOff, Trash2 } from "lucide-react";
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
    <section className="mt-6 max-w-2xl text-sm" aria-label={own ? "Your model" : "This model, as an admin"}>
      <div className="flex flex-wrap gap-3">
        {listed && (
          <Confirm
            label={
              <>
                <EyeOff className="size-4" aria-hidden="true" /> Withdraw from the board
              </>
            }
            ask={`It leaves the board and the arena, and only ${own ? "you see it" : "who submitted it and admins see it"}. Its votes stay in the log, and it can be published again from its run.`}
            go="Withdraw it"
            onGo={() => run(() => callApi(`${path}/withdraw`, { method: "POST" }))}
          />
        )}
        <Confirm
          label={
            <>
              <Trash2 className="size-4" aria-hidden="true" /> Delete {name}
            </>
          }
          ask="Its key is deleted at once, with its runs, scores and images; runs under way stop. Its votes stay in the log, without its name. This cannot be undone."
          go="Delete it for good"
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
