/** The webview panel's type; also of its activation event `onWebviewPanel:responder.handoff`. */
export const HANDOFF_VIEW_TYPE = 'responder.handoff';
