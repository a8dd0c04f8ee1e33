"use client";

import { Popover } from "radix-ui";
import { useRef, type ReactNode, type RefObject } from "react";

export type Placed = {
  /** Its name, for screen readers, where no heading in it says it. */
  label?: string;
  align?: "center" | "end";
  /** Pixels from the button. */
  offset: number;
  contentClassName: string;
  children: ReactNode;
};

/** What an open popover shows beside its button, which gets the focus back unless somebody has gone elsewhere. */
export function PopoverContent({
  button,
  onClose,
  label,
  align,
  offset,
  contentClassName,
  children,
}: Placed & { button: RefObject<HTMLButtonElement | null>; onClose: () => void }) {
  const isLeft = useRef(false);
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      {/* An anchor's element is there before what hangs on it. */}
      <Popover.Anchor virtualRef={button as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align={align}
          sideOffset={offset}
          collisionPadding={12}
          className={contentClassName}
          onInteractOutside={(event) => {
            // The button closes it itself.
            if (button.current?.contains(event.target as Node)) event.preventDefault();
            else isLeft.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!isLeft.current) button.current?.focus();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
