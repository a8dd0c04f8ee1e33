import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { unseen } from "@/components/users/unseen";

test("whom a button is about is read out, and not seen", () => {
  const { container } = render(<button>Remove{unseen(" Ada")}</button>);
  expect(container.textContent).toBe("Remove Ada");
  expect(container.querySelector(".sr-only")?.textContent).toBe(" Ada");
});
