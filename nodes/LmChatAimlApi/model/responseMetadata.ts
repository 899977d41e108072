import type { Fallback } from '../../shared/transport/fallback';
import type { SubNodeRequest } from '../../shared/transport/subNodeClient';
import type { Cost, Usage } from '../../shared/transport/usage';
import type { ChatBody } from './chatBody';
import type { Answer } from './parseAnswer';

/** What there is to tell about an answer besides what it says; for n8n's run log. */
export interface ResponseMetadata {
	/** The model that answered. */
	model: string;
	/** In the API's words, under the name that n8n's log has for it. */
	finish_reason: string;
	usage?: Usage;
	cost?: Cost;
	reasoning?: string;
	/** Set when the model stands in for the chosen one. */
	fallback?: Fallback & { droppedParameters: string[] };
}

export function toResponseMetadata(
	{ model, finishReason, usage, cost, reasoning }: Answer,
	{ fallback }: SubNodeRequest,
	{ droppedParameters }: ChatBody,
): ResponseMetadata {
	return {
		model,
		finish_reason: finishReason,
		...(usage && { usage }),
		...(cost && { cost }),
		...(reasoning?.text && { reasoning: reasoning.text }),
		...(fallback && { fallback: { ...fallback, droppedParameters } }),
	};
}
