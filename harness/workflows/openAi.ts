import type { Api, Credential } from '../demoContent';
import type { ModelPart } from './agents';
import { byId, LANGCHAIN } from './workflow';

/** How workflows refer to `openAiCredential`. */
export const OPEN_AI_CREDENTIAL = { id: 'openAiDemo', name: 'OpenAI account' };

/** n8n's own OpenAI credential, for the sandbox. */
export const openAiCredential = ({ url, apiKey }: Api): Credential => ({
	...OPEN_AI_CREDENTIAL,
	type: 'openAiApi',
	data: { apiKey, url: `${url}/v1` },
});

/** n8n's OpenAI Chat Model. */
export const openAiChatModel: ModelPart = {
	type: `${LANGCHAIN}.lmChatOpenAi`,
	typeVersion: 1.3,
	parameters: { model: byId('openai/gpt-4o-mini'), responsesApiEnabled: false, options: {} },
	credentials: { openAiApi: OPEN_AI_CREDENTIAL },
};
