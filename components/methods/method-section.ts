import type { ReactNode } from "react";

/** A section of the page that says how everything is measured. */
export interface MethodSection {
  /** Its anchor, which links from other pages name. */
  id: string;
  title: string;
  body: ReactNode;
}
