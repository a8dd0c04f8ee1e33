"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";

/** What its owner may do with a set; nothing is put away at the first click. */
export function SetControls({
  slug,
  revision,
  archived,
  mayRemove,
  mayFollow,
}: {
  slug: string;
  /** As the page has it: what others did to the set since is not gone over. */
  revision: number;
  archived: boolean;
  mayRemove: boolean;
  mayFollow: boolean;
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const path = `/api/v1/prompt-sets/${slug}`;
  const run = async (change: () => Promise<void>) => {
    setProblem(null);
    try {
      await change();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
  };
  const archive = async () => {
    await callApi<unknown>(`${path}/archive`, { method: "POST", revision });
    router.refresh();
  };
  const remove = async () => {
    await callApi<unknown>(path, { method: "DELETE", revision });
    router.push("/prompts");
  };
  return (
    <>
      {mayFollow && (
        <Link href={`/prompts/new?of=${slug}`} className="button-quiet button-small">
          New version
        </Link>
      )}
      {!archived && (
        <Confirm
          label="Archive"
          ask="All its versions leave the lists. Boards and runs that use them go on."
          go="Archive it"
          onGo={() => run(archive)}
        />
      )}
      {mayRemove && (
        <Confirm
          label="Remove"
          ask="This version and its prompts are removed for good."
          go="Remove it"
          onGo={() => run(remove)}
        />
      )}
      {problem && (
        <span role="alert" className="text-alarm">
          {problem}
        </span>
      )}
    </>
  );
}
