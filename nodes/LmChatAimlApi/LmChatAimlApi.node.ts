import type {
	ILoadOptionsFunctions,
	INodeType,
	INodeTypeDescription,
	ISupplyDataFunctions,
	SupplyData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from '../shared/connectionTypes';
import { findModels } from '../shared/methods/listSearch';
import { getChosenParameters } from '../shared/methods/resourceMapping';
import { CHAT_COMPLETIONS } from '../shared/models/endpoints';
import { takesTools } from '../shared/models/filters';
import type { Model } from '../shared/models/model';
import { chatModelFields } from './fields';
import { chatModelForm } from './model/chatBody';
import { supplyChatModel } from './supplyChatModel';

/** Chains work without tools, so models without them are marked rather than left out. */
const noteOnTools = (model: Model): string => (takesTools(model) === false ? 'no tools' : '');

export class LmChatAimlApi implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI/ML API Chat Model',
		name: 'lmChatAimlApi',
		icon: { light: 'file:../../icons/aimlapi.svg', dark: 'file:../../icons/aimlapi.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["model"] }}',
		description: 'Use GPT, Claude, Gemini and hundreds of other models in AI agents and chains',
		builderHint: {
			searchHint:
				'Connect it as the model of an AI Agent or a chain. Any chat model of the AI/ML API works, by its ID such as openai/gpt-4o-mini; agents with tools need one that supports tools.',
		},
		defaults: { name: 'AI/ML API Chat Model' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiLanguageModel],
		outputNames: ['Model'],
		credentials: [{ name: 'aimlApi', required: true }],
		properties: chatModelFields,
	};

	methods = {
		listSearch: {
			async searchModels(this: ILoadOptionsFunctions, search?: string, page?: string) {
				return await findModels(this, CHAT_COMPLETIONS, search, page, noteOnTools);
			},
		},
		resourceMapping: {
			async getModelParameters(this: ILoadOptionsFunctions) {
				return await getChosenParameters(this, CHAT_COMPLETIONS, chatModelForm);
			},
		},
	};

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		return await supplyChatModel(this, itemIndex);
	}
}
