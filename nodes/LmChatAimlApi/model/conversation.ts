import type { CallExtra } from '../../shared/chat/completion';
import type { Attachment } from '../../shared/chat/contentParts';
import type { Reasoning } from '../../shared/chat/reasoning';

/** A turn of a conversation, between n8n's form and the one that a model accepts. */
export type Turn = SystemTurn | UserTurn | AssistantTurn | ToolTurn;

interface SystemTurn {
	role: 'system';
	text: string;
}

export interface UserTurn {
	role: 'user';
	/** Texts and files, in order. */
	parts: Array<string | Attachment>;
}

export interface AssistantTurn {
	role: 'assistant';
	text: string;
	calls: ToolCall[];
	/** Only after the last user message, where a model may need it back. */
	reasoning?: Reasoning;
	/** The model that produced the answer, if known. */
	model?: string;
}

/** The results of the previous turn's tool calls. */
export interface ToolTurn {
	role: 'tool';
	results: ToolResult[];
}

export interface ToolCall {
	id: string;
	name: string;
	/** A JSON object. */
	arguments: string;
	/** Further properties of the call, which only the model that made it accepts. */
	extra?: CallExtra;
}

export interface ToolResult {
	callId: string;
	text: string;
	isError: boolean;
}
