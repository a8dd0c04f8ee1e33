"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { dollars } from "@/components/format";

/** Has the endpoint of one's own model tested once more, after saying what that costs. */
export function TestEndpoint({ slug, priceUsd }: { slug: string; priceUsd: number | null }) {
  const router = useRouter();
  const [said, setSaid] = useState<{ text: string; isProblem: boolean } | null>(null);
  const test = async () => {
    try {
      await callApi(`/api/v1/models/${slug}/test`, { method: "POST" });
      setSaid({ text: "It is asked now. What is found stands here when you load the page again.", isProblem: false }); // prettier-ignore
      router.refresh();
    } catch (thrown) {
      setSaid({ text: asApiError(thrown).message, isProblem: true });
    }
  };
  const cost = priceUsd === null ? "which cost what your provider takes" : `about ${dollars(3 * priceUsd)}`;
  return (
    <div className="mt-4 max-w-xl text-sm">
      <Confirm
        label="Test the endpoint"
        ask={`It is asked for three images, ${cost}: of one seed, of another, and of the first again.`}
        go="Test it"
        onGo={test}
      />
      {said && (
        <p
          role={said.isProblem ? "alert" : "status"}
          className={`mt-3 ${said.isProblem ? "text-alarm" : "text-muted"}`}
        >
          {said.text}
        </p>
      )}
    </div>
  );
}
