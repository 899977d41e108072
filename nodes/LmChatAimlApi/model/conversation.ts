import type { CallExtra } from '../../shared/chat/completion';
import type { Attachment } from '../../shared/chat/contentParts';
import type { Reasoning } from '../../shared/chat/reasoning';

/**
 * A conversation as it is read from n8n and before it is written in the form that a model takes.
 */
export type Turn = SystemTurn | UserTurn | AssistantTurn | ToolTurn;

export interface SystemTurn {
	role: 'system';
	text: string;
}

export interface UserTurn {
	role: 'user';
	/** Texts and files in their order. */
	parts: Array<string | Attachment>;
}

export interface AssistantTurn {
	role: 'assistant';
	text: string;
	calls: ToolCall[];
	/** Only where a model may need it back: after the last user message. */
	reasoning?: Reasoning;
	/** The model that reasoned, where that is known. */
	model?: string;
}

/** The results of the calls of the turn before. */
export interface ToolTurn {
	role: 'tool';
	results: ToolResult[];
}

export interface ToolCall {
	id: string;
	name: string;
	/** JSON of an object. */
	arguments: string;
	/** What else the model's call held, for that model alone. */
	extra?: CallExtra;
}

export interface ToolResult {
	callId: string;
	text: string;
	isError: boolean;
}
