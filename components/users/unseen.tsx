import type { ReactNode } from "react";

/** The part of a message that tells whom a button is about: said to who cannot see beside whom it stands. */
export const unseen = (chunks: ReactNode) => <span className="sr-only">{chunks}</span>;
