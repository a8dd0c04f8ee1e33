import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Offered } from "@/components/offered";
import { OfferedLink } from "@/components/offered-link";

afterEach(cleanup);

const SIGN_IN = { kind: "sign in", text: "Sign in to make a board." } as const;
const CLOSED = { kind: "closed", text: "Your account may not make a board." } as const;

test("a form is there for who may fill it in", () => {
  render(<Offered offer={{ kind: "open" }}>the form</Offered>);
  screen.getByText("the form");
});

test("for others what they need stands in its place, with the way to it", () => {
  const { rerender } = render(<Offered offer={SIGN_IN}>the form</Offered>);
  expect(screen.queryByText("the form")).toBeNull();
  screen.getByText(/Sign in to make a board/);
  expect(screen.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe("/sign-in");
  rerender(<Offered offer={CLOSED}>the form</Offered>);
  screen.getByText(CLOSED.text);
  expect(screen.queryByRole("link")).toBeNull();
});

test("a link leads to what one may do, or to the sign-in that it takes; what an account may not do is not offered", () => {
  const link = { href: "/boards/new", className: "button-primary", children: "New board" };
  const { rerender } = render(<OfferedLink offer={{ kind: "open" }} {...link} />);
  expect(screen.getByRole("link", { name: "New board" }).getAttribute("href")).toBe("/boards/new");
  rerender(<OfferedLink offer={SIGN_IN} {...link} />);
  const signIn = screen.getByRole("link", { name: "Sign in to make a board" });
  expect(signIn.getAttribute("href")).toBe("/sign-in?next=%2Fboards%2Fnew");
  rerender(<OfferedLink offer={CLOSED} {...link} />);
  expect(screen.queryByRole("link")).toBeNull();
});
