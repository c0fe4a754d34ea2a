/** Props of which any text is right that can be written: what people read, and what another server judges; by name, or with what declares them. */
export const ANY_TEXT: readonly string[] = `
alt attributes authorIcon authorLink authorName avatarUrl body callbackId card client clientUrl content customFields description details dismissText
emoji endpointParams entity entityDisplayName eventClass fallback footer footerIcon help href html iconEmoji iconUrl id imageUrl message messageText
messageType monitoringTool mrkdwnIn note okText params pretext severity source src stateMessage style subject template text thumbUrl title titleLink
urlTitle username value DiscordProps.username IncidentIoProps.metadata MattermostPriority.priority OpsgenieResponder.name PagerDutyProps.component
PagerDutyProps.group PushoverProps.priority SlackAction.name SlackAction.type
`.trim().split(/\s+/);
