"use client";

import { useTranslations } from "next-intl";
import { Tabs } from "radix-ui";
import { useState, type ReactNode } from "react";
import { ArchiveBoard } from "@/components/boards/archive-board";
import { EditBoard } from "@/components/boards/edit-board";
import { Invitations } from "@/components/boards/invitations";
import { Members } from "@/components/boards/members";
import { Webhooks } from "@/components/webhooks/webhooks";
import type { BoardInviteView, BoardMemberView, BoardSettings } from "@/lib/schemas/boards";
import type { BoardCandidate, BoardChoices } from "@/lib/schemas/views";

/** All that who runs a board may change of it. */
export function BoardRoom({
  initial,
  members,
  candidates,
  invites,
  choices,
}: {
  initial: BoardSettings;
  members: BoardMemberView[];
  candidates: BoardCandidate[];
  invites: BoardInviteView[];
  choices: BoardChoices;
}) {
  const t = useTranslations("boards.room");
  const [settings, setSettings] = useState(initial);
  const waiting = members.filter(({ state }) => state === "waiting").length;
  return (
    <Tabs.Root defaultValue={waiting > 0 ? "models" : "settings"} className="mt-8">
      <Tabs.List aria-label={t("label")} className="border-line flex gap-1 overflow-x-auto border-b">
        <Tab value="settings">{t("settings")}</Tab>
        <Tab value="models">
          {t("models")}
          {waiting > 0 && (
            <span className="bg-accent-soft text-accent ml-2 rounded-full px-2 py-0.5 text-xs">
              {t("waiting", { n: waiting })}
            </span>
          )}
        </Tab>
        <Tab value="invitations">{t("invitations")}</Tab>
        <Tab value="webhooks">{t("webhooks")}</Tab>
      </Tabs.List>
      <Panel value="settings">
        <EditBoard settings={settings} choices={choices} onSaved={setSettings} />
        <ArchiveBoard settings={settings} onSaved={setSettings} />
      </Panel>
      <Panel value="models">
        <Members board={settings.slug} initial={{ members }} candidates={candidates} />
      </Panel>
      <Panel value="invitations">
        <Invitations board={settings.slug} initial={{ invites }} />
      </Panel>
      <Panel value="webhooks">
        <Webhooks subject={{ board: settings.slug }} />
      </Panel>
    </Tabs.Root>
  );
}

function Tab({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Trigger
      value={value}
      className="text-muted hover:text-ink aria-selected:text-ink aria-selected:border-accent -mb-px flex min-h-11 items-center border-b-2 border-transparent px-4 text-sm whitespace-nowrap"
    >
      {children}
    </Tabs.Trigger>
  );
}

/** Kept in the page while another is shown: what is half typed is not lost. */
function Panel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Content value={value} forceMount className="pt-8 data-[state=inactive]:hidden">
      {children}
    </Tabs.Content>
  );
}
