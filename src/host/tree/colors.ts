/** As in VS Code's lists; there a high contrast theme has no colour for what warns. In the manifest's `colors`. */
export const WARNING_COLOR = 'responder.warningForeground';
export const ERROR_COLOR = 'responder.errorForeground';
