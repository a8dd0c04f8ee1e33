import type { Chapter } from "@/components/demos/chapters";
import type { StackComparison, StackModel, StackView } from "@/lib/schemas/stack/stack-page";

/** What the chapters of /stack are made from. */
export interface StackSections {
  stack: StackView;
  /** The models that embody a choice, and the comparisons that show what it alone brings. */
  of: (choice: Chapter) => { models: StackModel[]; comparisons: StackComparison[] };
}
