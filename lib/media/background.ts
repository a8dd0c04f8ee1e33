/**
 * What transparent samples are laid on, once, before anybody looks at them: encoders, judges, voters and pages see the same image.
 * Left to each of them, browsers would show the page's colour, and encoders whatever stands under the transparency.
 */
export const BACKGROUND = "#ffffff";
