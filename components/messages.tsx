import { useMessages } from "next-intl";
import type { ReactNode } from "react";
import { MoreMessages } from "@/components/more-messages";
import type { Area } from "@/messages/areas";

/** Hands the messages of these areas to the client components below, beside those of `site`, which every page has. */
export function Messages({ areas, children }: { areas: readonly Area[]; children: ReactNode }) {
  const all = useMessages();
  return (
    <MoreMessages messages={Object.fromEntries(areas.map((area) => [area, all[area]]))}>
      {children}
    </MoreMessages>
  );
}
