import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Said } from "@/components/said";

test("what somebody said is left as it is by translators, and what is not there is a dash", () => {
  const { container, rerender } = render(<Said text="24 Nov 2026" />);
  expect(container.innerHTML).toBe('<span translate="no">24 Nov 2026</span>');
  rerender(<Said text={null} />);
  expect(container.textContent).toBe("–");
});
