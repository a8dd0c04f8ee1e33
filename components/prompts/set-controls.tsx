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
  listed,
  mayList,
  mayRemove,
  mayFollow,
}: {
  slug: string;
  /** As the page has it: what others did to the set since is not gone over. */
  revision: number;
  archived: boolean;
  listed: boolean;
  /** Whether who looks decides if everybody sees it. */
  mayList: boolean;
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
  const archive = async (method: "POST" | "DELETE") => {
    await callApi<unknown>(`${path}/archive`, { method, revision });
    router.refresh();
  };
  const list = async () => {
    await callApi<unknown>(`${path}/listing`, { body: { listed: !listed }, revision });
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
      {mayList && (
        <Confirm
          label={listed ? "Unpublish" : "Publish"}
          ask={
            listed
              ? "Its owner alone sees it and all its versions from then on. Boards and runs that use them go on."
              : "Everybody sees it, and all its versions."
          }
          go={listed ? "Unpublish it" : "Publish it"}
          onGo={() => run(list)}
        />
      )}
      {archived ? (
        <Confirm
          label="Restore"
          ask="All its versions come back into the lists."
          go="Restore it"
          onGo={() => run(() => archive("DELETE"))}
        />
      ) : (
        <Confirm
          label="Archive"
          ask="All its versions leave the lists. Boards and runs that use them go on."
          go="Archive it"
          onGo={() => run(() => archive("POST"))}
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
