import { isChat } from './contracts';
import { describeRequests } from './describeRequests';

describeRequests((contract) => !isChat(contract));
